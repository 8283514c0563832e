"""How text becomes passages, words terms, and terms an order of documents. Plain Python, without clock or database."""
