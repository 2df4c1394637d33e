; SPDX-License-Identifier: GPL-3.0-or-later
; readme-folder-2.10.scm: the README's example of a folder for GIMP 2.10
(for-each
  (lambda (file)
    (catch (gimp-message (string-append file ": skipped"))
      (let* ((image (car (gimp-file-load RUN-NONINTERACTIVE file file)))
             (layer (car (gimp-image-get-active-drawable image)))
             (name (string-append "paintings/"
                                  (car (reverse (strbreakup file "/"))))))
        (plug-in-pastiche-styles RUN-NONINTERACTIVE image layer
                                 0 #()                        ; layers
                                 2 '("style.jpg" "other.jpg") ; files
                                 2 #(2 1)                     ; weights
                                 0 #()                        ; regions
                                 50 50 0 1 0 1 0 0 "" 0 20 0 0 0 0)
        (gimp-file-save RUN-NONINTERACTIVE image
                        (car (gimp-image-flatten image)) name name)
        (gimp-image-delete image))))
  (cadr (file-glob "photos/*.jpg" 1)))
