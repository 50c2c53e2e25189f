/* HTTP for one reader on this machine: a page for each document, its pages as
 * pictures, and server-sent events (HTML, 9.2) that tell when to look again. */
#include "batch/watch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLIENTS_MAX = 64, REQUEST_MAX = 8192, PAGE_DPI = 90 };

extern char **environ;

struct client {
    int fd; /* -1: none */
    bool listens; /* to events */
    struct buf in;
};

struct server {
    int fd, port;
    struct client clients[CLIENTS_MAX];
    char **outputs; /* PDF files */
    size_t n;
    unsigned build;
    bool good;
};

struct server *server_open(int port) {
    struct server *s = mem_alloc(sizeof *s);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t size = sizeof address;
    int yes = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < CLIENTS_MAX; i++) s->clients[i].fd = -1;
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool good = s->fd >= 0 && setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                bind(s->fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(s->fd, 16) == 0 &&
                getsockname(s->fd, (struct sockaddr *)&address, &size) == 0;
    s->port = ntohs(address.sin_port);
    if (good) return s;
    int e = errno;
    if (s->fd >= 0) close(s->fd);
    mem_free(s);
    errno = e;
    return NULL;
}

static void drop_client(struct client *c) {
    if (c->fd >= 0) close(c->fd);
    buf_free(&c->in);
    c->fd = -1;
    c->listens = false;
}

static void forget_outputs(struct server *s) {
    for (size_t i = 0; i < s->n; i++) mem_free(s->outputs[i]);
    mem_free(s->outputs);
    s->outputs = NULL;
    s->n = 0;
}

void server_close(struct server *s) {
    if (!s) return;
    for (int i = 0; i < CLIENTS_MAX; i++) drop_client(&s->clients[i]);
    forget_outputs(s);
    close(s->fd);
    mem_free(s);
}

int server_port(const struct server *s) {
    return s->port;
}

static bool send_all(int fd, const void *p, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t k = send(fd, (const char *)p + done, n - done, MSG_NOSIGNAL);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        done += (size_t)k;
    }
    return true;
}

void server_set(struct server *s, const struct document_list *list, bool good) {
    static const char event[] = "data: built\n\n";
    forget_outputs(s);
    s->outputs = mem_alloc((list->n + 1) * sizeof *s->outputs);
    for (size_t i = 0; i < list->n; i++) s->outputs[s->n++] = mem_strdup(list->items[i].output);
    s->good = good;
    s->build++;
    for (int i = 0; i < CLIENTS_MAX; i++) {
        struct client *c = &s->clients[i];
        if (c->fd >= 0 && c->listens && !send_all(c->fd, event, sizeof event - 1)) drop_client(c);
    }
}

/* ---- answers ---- */

static void answer(struct client *c, const char *status, const char *type, const struct buf *body) {
    struct buf head = {0};
    buf_fmt(&head, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nCache-Control: no-store\r\n"
                   "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n", status, type, body->n);
    if (send_all(c->fd, head.p, head.n)) send_all(c->fd, buf_cstr(body), body->n);
    buf_free(&head);
    drop_client(c);
}

static void answer_text(struct client *c, const char *status, const char *text) {
    struct buf b = {0};
    buf_str(&b, text);
    answer(c, status, "text/plain; charset=utf-8", &b);
    buf_free(&b);
}

/* What a program of poppler's writes; false when it is not there or fails. */
static bool run_program(const char *const *args, struct buf *out) {
    int fds[2];
    pid_t pid;
    if (pipe2(fds, O_CLOEXEC) != 0) return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fds[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    int e = posix_spawnp(&pid, args[0], &actions, NULL, (char *const *)(uintptr_t)args, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(fds[1]);
    int status = -1;
    for (ssize_t k = 1; !e && (k > 0 || errno == EINTR);) {
        char chunk[65536];
        k = read(fds[0], chunk, sizeof chunk);
        if (k > 0) buf_put(out, chunk, (size_t)k);
        if (k == 0) break;
    }
    close(fds[0]);
    while (!e && waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return !e && status == 0;
}

static int count_pages(const char *path) {
    const char *const args[] = {"pdfinfo", path, NULL};
    struct buf b = {0};
    run_program(args, &b);
    const char *p = strstr(buf_cstr(&b), "Pages:");
    int n = p ? atoi(p + 6) : 0;
    buf_free(&b);
    return n;
}

static const char page_head[] =
    "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>sotay watch</title><style>"
    "body{background:#666;color:#fff;font:1rem sans-serif;margin:0;text-align:center}nav{background:#222;padding:.6rem}"
    "a{color:#fff;margin:0 .5rem}a[aria-current]{font-weight:bold}img{display:block;margin:1rem auto;max-width:95%;"
    "background:#fff}p{background:#a11212;margin:0;padding:.5rem}</style>"
    "<script>new EventSource('/events').onmessage=function(){location.reload()}</script></head><body><nav>";

static void answer_page(struct server *s, struct client *c, size_t which) {
    struct buf b = {0};
    buf_str(&b, page_head);
    for (size_t i = 0; i < s->n; i++) {
        const char *slash = strrchr(s->outputs[i], '/');
        buf_fmt(&b, "<a href=\"/%zu\"%s>", i, i == which ? " aria-current=\"page\"" : "");
        buf_xml(&b, slash ? slash + 1 : s->outputs[i]);
        buf_str(&b, "</a>");
    }
    buf_str(&b, "</nav>");
    if (!s->good) buf_str(&b, "<p role=\"alert\">The last build found errors: the pages may be older.</p>");
    int pages = count_pages(s->outputs[which]);
    for (int i = 1; i <= pages; i++)
        buf_fmt(&b, "<img src=\"/%zu/%d.png?%u\" alt=\"page %d of %d\"%s>", which, i, s->build, i, pages,
                i > 4 ? " loading=\"lazy\"" : "");
    buf_str(&b, "</body></html>\n");
    answer(c, "200 OK", "text/html; charset=utf-8", &b);
    buf_free(&b);
}

static void answer_picture(struct server *s, struct client *c, size_t which, int page) {
    char number[16], dots[16];
    snprintf(number, sizeof number, "%d", page);
    snprintf(dots, sizeof dots, "%d", PAGE_DPI);
    const char *const args[] = {"pdftoppm", "-q", "-r", dots, "-f", number, "-l", number, "-png", s->outputs[which], NULL};
    struct buf b = {0};
    if (run_program(args, &b) && b.n) answer(c, "200 OK", "image/png", &b);
    else answer_text(c, "404 Not Found", "no such page\n");
    buf_free(&b);
}

static void answer_events(struct client *c) {
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n";
    c->listens = send_all(c->fd, head, sizeof head - 1);
    if (!c->listens) drop_client(c);
}

/* A page of another site that has this address under its own name gets nothing. */
static bool is_from_here(const char *request) {
    const char *host = strcasestr(request, "\r\nHost:");
    if (!host) return false;
    host += strlen("\r\nHost:");
    host += strspn(host, " ");
    size_t n = strcspn(host, ":\r\n ");
    return (n == 9 && (strncmp(host, "127.0.0.1", 9) == 0 || strncasecmp(host, "localhost", 9) == 0));
}

static void serve_request(struct server *s, struct client *c) {
    const char *request = buf_cstr(&c->in);
    unsigned long which = 0;
    int page = 0, end = 0;
    if (strncmp(request, "GET ", 4) != 0) {
        answer_text(c, "405 Method Not Allowed", "only GET\n");
    } else if (!is_from_here(request)) {
        answer_text(c, "403 Forbidden", "only for this machine\n");
    } else if (strncmp(request + 4, "/events ", 8) == 0) {
        answer_events(c);
    } else if (sscanf(request + 4, "/%6lu/%6d.png%n", &which, &page, &end) == 2 && end && which < s->n && page > 0) {
        answer_picture(s, c, which, page);
    } else if (s->n && (strncmp(request + 4, "/ ", 2) == 0 ||
                        (sscanf(request + 4, "/%6lu %n", &which, &end) == 1 && end && which < s->n))) {
        answer_page(s, c, which);
    } else {
        answer_text(c, "404 Not Found", "nothing here\n");
    }
}

static void read_client(struct server *s, struct client *c) {
    char chunk[2048];
    ssize_t n = read(c->fd, chunk, sizeof chunk);
    if (n < 0 && errno == EINTR) return;
    if (n <= 0 || c->in.n + (size_t)n > REQUEST_MAX) {
        drop_client(c);
        return;
    }
    if (c->listens) return;
    buf_put(&c->in, chunk, (size_t)n);
    if (strstr(c->in.p, "\r\n\r\n")) serve_request(s, c);
}

static void accept_client(struct server *s) {
    int fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC);
    for (int i = 0; fd >= 0 && i < CLIENTS_MAX; i++) {
        if (s->clients[i].fd >= 0) continue;
        s->clients[i].fd = fd;
        return;
    }
    if (fd >= 0) close(fd);
}

bool server_wait(struct server *s, int fd, int milliseconds) {
    struct pollfd fds[CLIENTS_MAX + 2];
    fds[0] = (struct pollfd){fd, POLLIN, 0};
    fds[1] = (struct pollfd){s->fd, POLLIN, 0};
    for (int i = 0; i < CLIENTS_MAX; i++) fds[i + 2] = (struct pollfd){s->clients[i].fd, POLLIN, 0};
    if (poll(fds, CLIENTS_MAX + 2, milliseconds) <= 0) return false;
    for (int i = 0; i < CLIENTS_MAX; i++)
        if (fds[i + 2].fd >= 0 && fds[i + 2].revents) read_client(s, &s->clients[i]);
    if (fds[1].revents) accept_client(s);
    return fds[0].revents != 0;
}
