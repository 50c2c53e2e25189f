/* ```when CONDITION: blocks for some units of a series. */
#include "source/markdown.h"
#include "source/series.h"

bool md_is_when(cmark_node *node) {
    if (cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK) return false;
    const char *info = cmark_node_get_fence_info(node);
    return info && strncmp(info, "when", 4) == 0 && (!info[4] || info[4] == ' ');
}

void md_when(struct md_view *v, xmlNode *parent, cmark_node *node, struct source_flow *top) {
    struct md *md = v->md;
    struct source_job *job = md->build->job;
    struct pos pos = md_block_pos(v, node);
    const char *condition = cmark_node_get_fence_info(node) + 4;
    condition += strspn(condition, " ");
    bool failed = false;
    if (!job->unit) {
        diag_add(md->diags, DIAG_SERIES_ONLY, pos);
        return;
    }
    md_inputs_vary(md);
    if (!source_unit_test(condition, job->series, job->unit, md->diags, pos, &failed)) return;
    struct md_view inner;
    md_view_open_body(&inner, v, (size_t)cmark_node_get_start_line(node) - 1, cmark_node_get_literal(node));
    if (md_enter(md, pos)) md_blocks(&inner, parent, cmark_node_first_child(inner.root), 0, top);
    md_leave(md);
    md_view_close(&inner);
}
