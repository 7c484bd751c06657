"""Sales: what was talked about, offered, ordered and promised to customers."""
