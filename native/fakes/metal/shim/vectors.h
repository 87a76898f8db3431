// SPDX-License-Identifier: MIT
// Vectors of two to four elements, laid out as Metal's: three are aligned as four. Swizzles: single elements and the leading two or three.
template <typename T, int N> struct vec;

template <typename T> struct alignas(2 * sizeof(T)) vec<T, 2> {
    union {
        T e[2];
        struct { T x, y; };
        struct { T r, g; };
    };
    vec() = default;
    constexpr vec(T s) : e{s, s} {}
    constexpr vec(T a, T b) : e{a, b} {}
    template <typename U> explicit vec(vec<U, 2> v) : e{T(v.x), T(v.y)} {}
    T &operator[](size_t i) { return e[i]; }
    const T &operator[](size_t i) const { return e[i]; }
};

template <typename T> struct alignas(4 * sizeof(T)) vec<T, 3> {
    union {
        T e[3];
        struct { T x, y, z; };
        struct { T r, g, b; };
        vec<T, 2> xy;
    };
    vec() = default;
    constexpr vec(T s) : e{s, s, s} {}
    constexpr vec(T a, T b, T c) : e{a, b, c} {}
    vec(vec<T, 2> v, T c) : e{v.x, v.y, c} {}
    template <typename U> explicit vec(vec<U, 3> v) : e{T(v.x), T(v.y), T(v.z)} {}
    T &operator[](size_t i) { return e[i]; }
    const T &operator[](size_t i) const { return e[i]; }
};

template <typename T> struct alignas(4 * sizeof(T)) vec<T, 4> {
    union {
        T e[4];
        struct { T x, y, z, w; };
        struct { T r, g, b, a; };
        vec<T, 2> xy;
        vec<T, 3> xyz;
        struct { T skipped[2]; vec<T, 2> zw; };
    };
    vec() = default;
    constexpr vec(T s) : e{s, s, s, s} {}
    constexpr vec(T a, T b, T c, T d) : e{a, b, c, d} {}
    vec(vec<T, 2> v, vec<T, 2> u) : e{v.x, v.y, u.x, u.y} {}
    vec(vec<T, 3> v, T d) : e{v.x, v.y, v.z, d} {}
    template <typename U> explicit vec(vec<U, 4> v) : e{T(v.x), T(v.y), T(v.z), T(v.w)} {}
    T &operator[](size_t i) { return e[i]; }
    const T &operator[](size_t i) const { return e[i]; }
};

template <typename T> struct same { using type = T; };

#define VECTOR_OPERATOR(op)                                                                      \
    template <typename T, int N> vec<T, N> &operator op##=(vec<T, N> &l, vec<T, N> r)             \
    {                                                                                            \
        for (int i = 0; i < N; i++) {                                                            \
            l[i] = l[i] op r[i];                                                                 \
        }                                                                                        \
        return l;                                                                                \
    }                                                                                            \
    template <typename T, int N> vec<T, N> &operator op##=(vec<T, N> &l, typename same<T>::type r) { return l op##= vec<T, N>(r); } \
    template <typename T, int N> vec<T, N> operator op(vec<T, N> l, vec<T, N> r) { return l op##= r; } \
    template <typename T, int N> vec<T, N> operator op(vec<T, N> l, typename same<T>::type r) { return l op##= vec<T, N>(r); } \
    template <typename T, int N> vec<T, N> operator op(typename same<T>::type l, vec<T, N> r) { vec<T, N> v(l); return v op##= r; }

VECTOR_OPERATOR(+)
VECTOR_OPERATOR(-)
VECTOR_OPERATOR(*)
VECTOR_OPERATOR(/)
VECTOR_OPERATOR(%)
VECTOR_OPERATOR(&)
VECTOR_OPERATOR(|)
VECTOR_OPERATOR(^)
VECTOR_OPERATOR(<<)
VECTOR_OPERATOR(>>)

#define VECTOR_COMPARISON(op)                                                       \
    template <typename T, int N> vec<bool, N> operator op(vec<T, N> l, vec<T, N> r) \
    {                                                                               \
        vec<bool, N> v;                                                             \
        for (int i = 0; i < N; i++) {                                               \
            v[i] = l[i] op r[i];                                                    \
        }                                                                           \
        return v;                                                                   \
    }

VECTOR_COMPARISON(<)
VECTOR_COMPARISON(>)
VECTOR_COMPARISON(<=)
VECTOR_COMPARISON(>=)
VECTOR_COMPARISON(==)
VECTOR_COMPARISON(!=)

template <typename T, int N> vec<T, N> operator-(vec<T, N> v) { return vec<T, N>(T(0)) - v; }

#define VECTOR_NAMES(name, type) \
    using name##2 = vec<type, 2>; \
    using name##3 = vec<type, 3>; \
    using name##4 = vec<type, 4>;

VECTOR_NAMES(float, float)
VECTOR_NAMES(int, int)
VECTOR_NAMES(uint, uint)
VECTOR_NAMES(bool, bool)

// spirv-cross names it in helpers that no kernel of ours uses.
template <typename T, int Columns, int Rows> struct matrix {
    vec<T, Rows> columns[Columns];
    vec<T, Rows> &operator[](size_t i) { return columns[i]; }
};

// What spirv-cross defines for itself, with one overload of every operator per address space.
template <typename T, size_t N> struct spvUnsafeArray {
    T elements[N > 0 ? N : 1];
    T &operator[](size_t i) { return elements[i]; }
    constexpr const T &operator[](size_t i) const { return elements[i]; }
};
