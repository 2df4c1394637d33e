/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control-groups.h: what the control groups of this process allow
 *
 * Linux limits containers, services and jobs by control groups (cgroups(7)),
 * which are folders with files.  A group's limit holds for those below it, too.
 */
#pragma once

#include <glib.h>

/* What the group at @folder allows; G_MAXUINT64: there is no limit.
 * @version: of control groups, 1 or 2; it decides what files are called */
typedef guint64 (*PstGroupLimit) (const char *folder, int version);

/* pst_control_groups_limit:
 * The least that the process's own group and those above allow, in both
 * versions; G_MAXUINT64: there is no limit.
 * @root: folder of the system, "/"
 * @controller: "cpu", "memory"
 * @limit: called for each group, whose folder may be missing */
guint64 pst_control_groups_limit (const char   *root,
                                  const char   *controller,
                                  PstGroupLimit limit);

/* The number after @key in the file @name of @folder; @otherwise if there is
 * none.
 * @key: "" for the beginning of the file */
guint64 pst_control_group_read (const char *folder,
                                const char *name,
                                const char *key,
                                guint64     otherwise);
