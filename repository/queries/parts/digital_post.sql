-- Whether a post of the job role r and the area of work a is a digital post.
CASE WHEN a.digital OR r.digital THEN 'yes' WHEN a.code = '-' THEN 'not_stated' ELSE 'no' END
