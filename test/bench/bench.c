// The measuring end of the bench: a terminal that is never the bottleneck, a bare forwarder to compare with, and children that
// flood and echo. Compiled by bench.ts. In C so that what is measured is the program between the two ends.
//   bench drain CMD…          runs CMD on a PTY, takes its output; prints: bytes seconds cpu-seconds peak-kilobytes fnv1a-64 exit
//   bench first CMD…          the same, but stops at the first 0x02; prints: seconds cpu-seconds
//   bench echo N GAP_US CMD…  types N keys, each GAP_US after the echo of the one before; prints N round trips in microseconds
//   bench forward CMD…        the peer: a PTY, poll, read, write
//   bench flood KIND BYTES    a child: writes text of a kind
//   bench ask N FILE          a child: asks N questions, and writes to FILE when each was shown and answered, in microseconds since 1970
//   bench reply [flood]       a child: answers every key with 0x02, between log lines if told to flood
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define MARK 0x02

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void put(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t n = write(fd, bytes, length);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) exit(1);
    bytes += n;
    length -= n;
  }
}

static pid_t start(int *master, char **command) {
  struct winsize size = {.ws_row = 50, .ws_col = 160};
  pid_t pid = forkpty(master, NULL, NULL, &size);
  if (pid == 0) {
    execvp(command[0], command);
    _exit(127);
  }
  return pid;
}

// CPU seconds that all threads of a process have used so far.
static double cpu_of(pid_t pid) {
  char path[300];
  double sum = 0;
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *threads = opendir(path);
  for (struct dirent *thread; threads && (thread = readdir(threads));) {
    unsigned long long nanoseconds;
    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, thread->d_name);
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%llu", &nanoseconds) == 1) sum += nanoseconds / 1e9;
    if (file) fclose(file);
  }
  if (threads) closedir(threads);
  return sum;
}

static int drain(char **command, int only_first) {
  static unsigned char buffer[1 << 18];
  int master, status;
  double begun = now();
  pid_t pid = start(&master, command);
  uint64_t bytes = 0, hash = 14695981039346656037ull;
  int hashes = getenv("BENCH_HASH") != NULL;
  for (;;) {
    ssize_t n = read(master, buffer, sizeof buffer);
    if (n <= 0) break;
    if (only_first && memchr(buffer, MARK, n)) {
      printf("%.6f %.6f\n", now() - begun, cpu_of(pid));
      kill(pid, SIGKILL);
      kill(-pid, SIGKILL);
      waitpid(pid, &status, 0);
      return 0;
    }
    bytes += n;
    if (hashes)
      for (ssize_t i = 0; i < n; i++) hash = (hash ^ buffer[i]) * 1099511628211ull;
  }
  double seconds = now() - begun;
  struct rusage usage;
  wait4(pid, &status, 0, &usage);
  struct rusage all;
  getrusage(RUSAGE_CHILDREN, &all);
  double cpu = all.ru_utime.tv_sec + all.ru_stime.tv_sec + (all.ru_utime.tv_usec + all.ru_stime.tv_usec) / 1e6;
  printf("%llu %.6f %.6f %ld %016llx %d\n", (unsigned long long)bytes, seconds, cpu, usage.ru_maxrss, (unsigned long long)hash, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}

static int echo(int count, int gap_us, char **command) {
  static char buffer[1 << 18];
  int master;
  pid_t pid = start(&master, command);
  for (int seen = 0; !seen;) {
    ssize_t n = read(master, buffer, sizeof buffer);
    if (n <= 0) return 1;
    seen = memchr(buffer, MARK, n) != NULL;
  }
  for (int key = 0; key < count; key++) {
    struct pollfd ready = {.fd = master, .events = POLLIN};
    // What still comes (a flood) is taken while the next key is due.
    for (double due = now() + gap_us / 1e6; now() < due;)
      if (poll(&ready, 1, 0) > 0 && read(master, buffer, sizeof buffer) <= 0) return 1;
    double begun = now();
    put(master, "k", 1);
    for (int seen = 0; !seen;) {
      ssize_t n = read(master, buffer, sizeof buffer);
      if (n <= 0) return 1;
      seen = memchr(buffer, MARK, n) != NULL;
    }
    printf("%.1f\n", (now() - begun) * 1e6);
  }
  kill(pid, SIGKILL);
  kill(-pid, SIGKILL);
  return 0;
}

static int forward(char **command) {
  static char buffer[1 << 16];
  int master, status;
  struct termios before, raw;
  int is_terminal = tcgetattr(0, &before) == 0;
  if (is_terminal) {
    raw = before;
    cfmakeraw(&raw);
    tcsetattr(0, TCSANOW, &raw);
  }
  pid_t pid = start(&master, command);
  struct pollfd fds[2] = {{.fd = master, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  for (;;) {
    if (poll(fds, 2, -1) < 0) break;
    if (fds[1].revents & (POLLIN | POLLHUP)) {
      ssize_t n = read(0, buffer, sizeof buffer);
      if (n <= 0) fds[1].fd = -1;
      else put(master, buffer, n);
    }
    if (fds[0].revents) {
      ssize_t n = read(master, buffer, sizeof buffer);
      if (n <= 0) break;
      put(1, buffer, n);
    }
  }
  waitpid(pid, &status, 0);
  if (is_terminal) tcsetattr(0, TCSANOW, &before);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static size_t block(const char *kind, char *into, size_t room) {
  size_t at = 0;
  unsigned random = 12345;
  for (int line = 0; at + 4096 < room; line++) {
    random = random * 1103515245 + 12345;
    if (!strcmp(kind, "log")) at += sprintf(into + at, "2026-11-21T14:%02d:%02d.%03dZ INFO  worker-%d handled request id=%08x in %d ms\n", line / 60 % 60, line % 60, line % 1000, line % 8, random, random >> 24);
    else if (!strcmp(kind, "coloured")) at += sprintf(into + at, "\x1b[2m%06d\x1b[0m \x1b[1;3%dm%s\x1b[0m \x1b[38;5;%dm/src/file%d.ts\x1b[0m:\x1b[33m%d\x1b[0m ok\n", line, line % 7 + 1, line % 3 ? "PASS" : "FAIL", line % 256, line, line % 999);
    else if (!strcmp(kind, "tui")) {
      at += sprintf(into + at, "\x1b[?2026h\x1b[H");
      for (int row = 1; row <= 40 && at + 4096 < room; row++) at += sprintf(into + at, "\x1b[%d;1H\x1b[3%dm│\x1b[0m %08x %-40s \x1b[3%dm│\x1b[0m\x1b[K", row, row % 7 + 1, random + row * line, "a pane that is painted again and again", row % 7 + 1);
      at += sprintf(into + at, "\x1b[?2026l");
    } else if (!strcmp(kind, "endless")) at += sprintf(into + at, "%08x....progress....", random);
    else if (!strcmp(kind, "utf8")) at += sprintf(into + at, "%d Zoë 李小龙 Привет, мир 🦊🚀👩‍👩‍👧 ½ € naïve café ｆｕｌｌ\n", line);
    else into[at++] = random >> 16;
  }
  return at;
}

static int flood(const char *kind, size_t total) {
  static char text[1 << 20];
  size_t size = block(kind, text, sizeof text);
  if (!strcmp(kind, "binary")) {
    struct termios raw;
    tcgetattr(1, &raw);
    cfmakeraw(&raw);
    tcsetattr(1, TCSANOW, &raw);
  }
  while (total > 0)
    for (size_t at = 0; at < size && total > 0;) {
      size_t piece = size - at < 16384 ? size - at : 16384;
      if (piece > total) piece = total;
      put(1, text + at, piece);
      at += piece;
      total -= piece;
    }
  return 0;
}

static void *answer(void *unused) {
  char key, mark = MARK;
  (void)unused;
  while (read(0, &key, 1) == 1) put(1, &mark, 1);
  exit(0);
}

static int reply(int floods) {
  struct termios raw;
  tcgetattr(0, &raw);
  cfmakeraw(&raw);
  tcsetattr(0, TCSANOW, &raw);
  char mark = MARK;
  put(1, &mark, 1);
  if (!floods) answer(NULL);
  pthread_t thread;
  pthread_create(&thread, NULL, answer, NULL);
  static char text[1 << 20];
  size_t size = block("log", text, sizeof text);
  for (size_t at = 0;; at = (at + 512) % (size - 512)) put(1, text + at, 512);
  return 0;
}

static int ask(int count, const char *path) {
  char answer[64];
  struct timespec shown, read_at;
  FILE *file = fopen(path, "w");
  if (!file) return 1;
  for (int number = 1; number <= count; number++) {
    char question[64];
    int length = snprintf(question, sizeof question, "Install package number %d? [y/n] ", number);
    put(1, question, length);
    clock_gettime(CLOCK_REALTIME, &shown);
    if (read(0, answer, sizeof answer) <= 0) return 1;
    clock_gettime(CLOCK_REALTIME, &read_at);
    fprintf(file, "%.0f %.0f\n", shown.tv_sec * 1e6 + shown.tv_nsec / 1e3, read_at.tv_sec * 1e6 + read_at.tv_nsec / 1e3);
    fflush(file);
    // A chat takes a message a second, and each question is two: asked, and settled.
    usleep(3000000);
  }
  return 0;
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "";
  if (!strcmp(mode, "drain") && argc > 2) return drain(argv + 2, 0);
  if (!strcmp(mode, "first") && argc > 2) return drain(argv + 2, 1);
  if (!strcmp(mode, "echo") && argc > 4) return echo(atoi(argv[2]), atoi(argv[3]), argv + 4);
  if (!strcmp(mode, "forward") && argc > 2) return forward(argv + 2);
  if (!strcmp(mode, "flood") && argc > 3) return flood(argv[2], strtoull(argv[3], NULL, 10));
  if (!strcmp(mode, "ask") && argc > 3) return ask(atoi(argv[2]), argv[3]);
  if (!strcmp(mode, "reply")) return reply(argc > 2);
  return 2;
}
