"""What pages read: the right rows, for the right user, in a constant number of queries."""
