/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stdio-file.h: files of the C library that are closed at the end of a block */
#pragma once

#include <stdio.h>

#include <glib.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FILE, fclose)
