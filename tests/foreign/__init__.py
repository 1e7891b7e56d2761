"""Two foreign billings, made up after what real ones look like, which the panel reads by configuration alone.

abonenci: text keys, local times, debit and credit in columns of their own, payments in a table of their own.
users: one wide table of customers, seconds since 1970, whole grosze, flags.

Both tell one story, so that what the panel reads of the two can be compared.
"""
