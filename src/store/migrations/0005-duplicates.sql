-- Cases that may be one contract are looked for by its number.
CREATE INDEX case_particulars_by_number ON case_particulars (number) WHERE number IS NOT NULL;
