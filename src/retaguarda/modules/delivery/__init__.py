"""Getting goods to the customer: picked, shipped, delivered, with the proof, and the promise judged by its day."""
