// There is nothing to compile but the header.
