/// How jemalloc hands out memory; it reads this text before `main` (jemalloc(3), "Tuning"). Most of
/// what documents cost the kernel is page faults: huge pages spare nearly all of them.
extern "C" {
extern const char* malloc_conf;
[[gnu::used]] const char* malloc_conf = "thp:always,metadata_thp:auto";
}
