"""The route (National Referral Mechanism or Duty to Notify), the Home Office’s form, and advice on it."""
