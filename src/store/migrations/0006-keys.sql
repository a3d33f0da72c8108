-- Numbers and titles as they are compared: letters and digits alone. The rows are made anew by the program.
ALTER TABLE case_particulars ADD COLUMN number_key TEXT;
ALTER TABLE case_particulars ADD COLUMN title_key TEXT;
DROP INDEX case_particulars_by_number;
CREATE INDEX case_particulars_by_number ON case_particulars (number_key) WHERE number_key IS NOT NULL;
CREATE INDEX case_particulars_by_title ON case_particulars (title_key, sign_date) WHERE title_key IS NOT NULL;
