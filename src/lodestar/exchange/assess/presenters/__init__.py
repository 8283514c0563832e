"""The answers of the rules in words: pages of docs/rules, and the page on which a made-up case is tried."""
