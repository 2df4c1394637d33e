; SPDX-License-Identifier: GPL-3.0-or-later
; readme-folder-3.scm: the README's example of a folder for GIMP 3
(for-each
  (lambda (file)
    (catch (gimp-message (string-append file ": skipped"))
      (let ((image (car (gimp-file-load RUN-NONINTERACTIVE file)))
            (name (car (reverse (strbreakup file "/")))))
        (plug-in-pastiche #:run-mode RUN-NONINTERACTIVE #:image image
                          #:drawables (car (gimp-image-get-layers image))
                          #:style-files '("style.jpg" "other.jpg")
                          #:style-weights #(2 1))
        (gimp-image-flatten image)
        (gimp-file-save RUN-NONINTERACTIVE image
                        (string-append "paintings/" name))
        (gimp-image-delete image))))
  (car (file-glob #:pattern "photos/*.jpg")))
