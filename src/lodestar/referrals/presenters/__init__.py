"""What pages about referrals show: plain values, for templates that decide nothing."""
