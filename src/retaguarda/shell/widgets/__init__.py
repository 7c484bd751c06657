"""The parts every screen is built from. They take plain data, emit Qt signals and hold no words of their own."""
