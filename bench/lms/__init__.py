"""A made-up LMS: its tables with invented customers, as many as wanted, and every odd case that was met."""
