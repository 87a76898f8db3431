// SPDX-License-Identifier: MIT
// What ties a kernel to the fake: barriers, atomics (one thread runs at a time), positions and arguments.
extern "C" void (*msl_barrier)(void);

namespace metal {

enum class mem_flags { mem_none = 0, mem_device = 1, mem_threadgroup = 2, mem_texture = 4 };
constexpr mem_flags operator|(mem_flags a, mem_flags b) { return mem_flags(int(a) | int(b)); }
inline void threadgroup_barrier(mem_flags) { msl_barrier(); }

enum memory_order { memory_order_relaxed };
template <typename T> struct atomic { T value; };
using atomic_int = atomic<int>;
using atomic_uint = atomic<uint>;

template <typename T> T atomic_load_explicit(const volatile atomic<T> *a, memory_order) { return a->value; }
template <typename T> void atomic_store_explicit(volatile atomic<T> *a, typename same<T>::type v, memory_order) { a->value = v; }

#define ATOMIC(name, result)                                                                                          \
    template <typename T> T atomic_##name##_explicit(volatile atomic<T> *a, typename same<T>::type v, memory_order) \
    {                                                                                                                 \
        T old = a->value;                                                                                             \
        a->value = result;                                                                                            \
        return old;                                                                                                   \
    }

ATOMIC(exchange, v)
ATOMIC(fetch_add, old + v)
ATOMIC(fetch_sub, old - v)
ATOMIC(fetch_min, min(old, T(v)))
ATOMIC(fetch_max, max(old, T(v)))
ATOMIC(fetch_and, old & v)
ATOMIC(fetch_or, old | v)
ATOMIC(fetch_xor, old ^ v)

} // namespace metal

struct msl_position {
    uint x, y, z;
    operator uint() const { return x; }
    operator uint2() const { return uint2(x, y); }
    operator uint3() const { return uint3(x, y, z); }
};

struct msl_thread {
    msl_position thread_position_in_grid;
    msl_position threadgroup_position_in_grid;
    msl_position thread_position_in_threadgroup;
    msl_position threads_per_threadgroup;
    msl_position threadgroups_per_grid;
    msl_position threads_per_grid;
    uint thread_index_in_threadgroup;
};

struct msl_reference {
    void *at;
    template <typename T> operator T &() const { return *static_cast<T *>(at); }
};

struct msl_pointer {
    void *at;
    template <typename T> operator T *() const { return static_cast<T *>(at); }
};
