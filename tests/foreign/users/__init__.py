"""A billing with one wide table of customers: seconds since 1970, whole grosze, flags."""
