; SPDX-License-Identifier: GPL-3.0-or-later
; check.scm: checks, written as TAP; headless.sh takes it from the messages

(define n-checks 0)

(define (text-of value)
  (let ((port (open-output-string)))
    (write value port)
    (get-output-string port)))

(define (say . parts)
  (gimp-message (apply string-append "TAP " parts)))

; Returns whether the check passed.
(define (check name passed)
  (set! n-checks (+ n-checks 1))
  (say (if passed "ok " "not ok ") (number->string n-checks) " - " name)
  passed)

(define (check-equal name got wanted)
  (if (not (check name (equal? got wanted)))
      (say "# got " (text-of got) ", wanted " (text-of wanted))))

; The plan; without it the run has failed.
(define (end-checks)
  (say "1.." (number->string n-checks)))

(define (starts-with? text part)
  (and (>= (string-length text) (string-length part))
       (string=? (substring text 0 (string-length part)) part)))

(define (contains? text part)
  (let* ((size (string-length part))
         (last (- (string-length text) size)))
    (let loop ((start 0))
      (and (<= start last)
           (or (string=? (substring text start (+ start size)) part)
               (loop (+ start 1)))))))

; The message of the error that ends thunk, #f if there is none.
(define (error-of thunk)
  (call/cc
    (lambda (return)
      (let ((hook *error-hook*))
        (set! *error-hook* (lambda message
                             (set! *error-hook* hook)
                             (return (text-of message))))
        (thunk)
        (set! *error-hook* hook)
        #f))))

; An error in thunk is a failed check; what comes after it is still done.
(define (test-case name thunk)
  (let ((message (error-of thunk)))
    (if message
        (begin (check name #f)
               (say "# " message)))))

; Checks that thunk ends in an error whose message has part in it.
(define (check-error name part thunk)
  (let ((message (error-of thunk)))
    (if (not (check name (and message (contains? message part))))
        (say "# wanted an error with \"" part "\" in it, got "
             (text-of message)))))

; alist: pairs of a name and whether it holds.  One check for all of them.
(define (check-all name alist)
  (check name (not (memq #f (map cdr alist))))
  (for-each (lambda (pair)
              (if (not (cdr pair)) (say "# not so: " (car pair))))
            alist))
