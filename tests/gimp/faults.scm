; SPDX-License-Identifier: GPL-3.0-or-later
; faults.scm: runs that are killed, or whose layers are removed, half-way
;
; fault.c makes that happen.

(define image #f)
(define content #f)
(define style #f)
(define group #f)

; A group with the content, above the style.
(define (start-over)
  (let ((pictures (new-pictures)))
    (set! image (car pictures))
    (set! content (cadr pictures))
    (set! style (caddr pictures))
    (set! group (new-layer-group image))
    (gimp-item-set-name group "group")
    (gimp-image-insert-layer image group 0 0)
    (gimp-image-reorder-item image content group 0)
    (select-layer image content)
    (gimp-image-clean-all image)))

; The same of a size at which a run takes seconds.
(define (start-over-large)
  (start-over)
  (gimp-image-scale image 480 320)
  (gimp-image-clean-all image))

; The moments of a run.  Its first progress is more than the beginning; a small
; run may have come to its end by then.
(define beginning "g_main_loop_run 1 ")
(define middle "gimp_progress_update 1 ")
(define end "gimp_item_attach_parasite 1 ")

; Repaints while, at the moment, that happens: a text, or an expression for
; another plug-in.  Returns the message of the run's error, #f if there is none.
(define (repaint-while moment happening)
  (let ((file (string-append folder "/fault")))
    (call-with-output-file file
      (lambda (port)
        (display moment port)
        (if (string? happening)
            (display happening port)
            (write happening port))))
    (let ((message (error-of (lambda ()
                               (repaint image content style)))))
      (check "it has happened" (not (file-exists? file)))
      message)))

; ---- killed -----------------------------------------------------------------

(define (check-killed title moment start)
  (start)
  (test-case title
    (lambda ()
      (let ((before (state-of image)))
        (check (string-append title ": the caller is told")
               (repaint-while moment "kill"))
        (check-state (string-append title ": the image is what it was")
                     image before))))
  (gimp-image-delete image))

(check-killed "killed at the beginning" beginning start-over)
(check-killed "killed in the middle" middle start-over-large)
(check-killed "killed at the end" end start-over)

; ---- what it works on is taken away -----------------------------------------

; Of the layers as they are after change, without a run.
(define (states-after change)
  (start-over-large)
  (eval (change) (current-environment))
  (let ((states (states-of-layers image)))
    (gimp-image-delete image)
    states))

(define (check-told title message part)
  (if (not (check (string-append title ": the caller is told why")
                  (and message (contains? message part))))
      (say "# got " (text-of message))))

; change: a function that returns the expression.
(define (check-given-up title part change)
  (let ((wanted (states-after change)))
    (start-over-large)
    (test-case title
      (lambda ()
        (let ((message (repaint-while middle (change))))
          (check-told title message part)
          (check-equal (string-append title ": that is all that is changed")
                       (states-of-layers image) wanted)
          (check (string-append title ": what is done can be undone")
                 (= TRUE (car (gimp-image-undo-is-enabled image)))))))
    (gimp-image-delete image)))

(check-given-up "the content is removed" "removed"
                (lambda () `(gimp-image-remove-layer ,image ,content)))
(check-given-up "its group is removed" "removed"
                (lambda () `(gimp-image-remove-layer ,image ,group)))
(check-given-up "the image becomes gray" "mode"
                (lambda () `(gimp-image-convert-grayscale ,image)))
(check-given-up "the image is cropped" "size"
                (lambda () `(gimp-image-crop ,image 30 20 4 4)))
(define (check-deleted)
  (start-over-large)
  (let ((message (repaint-while middle `(gimp-image-delete ,image))))
    (check-told "the image is deleted" message "closed")
    (check "the image is deleted: it is gone"
           (= FALSE (car (gimp-image-is-valid image))))))

; interrupted.sh closes the image's window, in both series.
(if can-delete-images
    (test-case "the image is deleted" check-deleted))

; ---- what changes nothing for the run ---------------------------------------

; Repaints at once, and returns the sample of the result.
(define undisturbed
  (begin
    (start-over)
    (let ((pixels (sample (repaint image content style))))
      (gimp-image-delete image)
      pixels)))

; names: of the layers at the end, as names-of-layers returns them.
(define (check-goes-on title change names)
  (start-over)
  (test-case title
    (lambda ()
      (check-equal (string-append title ": there is no error")
                   (repaint-while beginning (change)) #f)
      (check-equal (string-append title ": the layers")
                   (names-of-layers image) names)
      (check (string-append title ": the result is that of any other run")
             (= (checksum undisturbed)
                (checksum (sample (find-result image)))))))
  (gimp-image-delete image))

; The result in the image; of two, the upper one.
(define (find-result image)
  (let loop ((layers (layers-of image)))
    (cond ((null? layers) #f)
          ((= TRUE (car (gimp-item-is-group (car layers))))
           (or (loop (children-of (car layers))) (loop (cdr layers))))
          ((starts-with? (car (gimp-item-get-name (car layers))) "Pastiche")
           (car layers))
          (else (loop (cdr layers))))))

(define result "Pastiche (style)")

(check-goes-on "the style is removed"
               (lambda () `(gimp-image-remove-layer ,image ,style))
               `(("group" ,result "content")))
(check-goes-on "the content is moved, hidden and locked"
               (lambda ()
                 `(begin (gimp-image-reorder-item ,image ,content 0 2)
                         (gimp-item-set-visible ,content FALSE)
                         (gimp-item-set-lock-content ,content TRUE)
                         (gimp-item-set-lock-position ,content TRUE)))
               `(("group") "style" ,result "content"))
(check-goes-on "a selection begins to float"
               (lambda ()
                 `(begin (load ,series)
                         (gimp-image-select-rectangle
                           ,image CHANNEL-OP-REPLACE 4 4 20 20)
                         (float-selection ,content)
                         (gimp-item-set-name
                           (car (gimp-image-get-floating-sel ,image))
                           "floating")))
               `(("group" "floating" ,result "content") "style"))
(check-goes-on "another run on the same layer"
               (lambda ()
                 `(begin (load ,series)
                         (call-pastiche RUN-NONINTERACTIVE ,image ,content
                                        ,style "" QUALITY-DRAFT 0 0 "")))
               `(("group" ,(string-append result " #1") ,result "content")
                 "style"))
