// SPDX-License-Identifier: MIT
// Metal's functions on scalars, and on vectors element by element. fast:: and precise:: are the same here: all is precise.
namespace metal {

template <typename T> constexpr bool is_float = false;
template <> constexpr bool is_float<float> = true;

#define EACH_1(name)                                                         \
    template <typename T, int N> vec<T, N> name(vec<T, N> a)                 \
    {                                                                        \
        for (int i = 0; i < N; i++) {                                        \
            a[i] = name(a[i]);                                               \
        }                                                                    \
        return a;                                                            \
    }
#define EACH_2(name)                                                         \
    template <typename T, int N> vec<T, N> name(vec<T, N> a, vec<T, N> b)    \
    {                                                                        \
        for (int i = 0; i < N; i++) {                                        \
            a[i] = name(a[i], b[i]);                                         \
        }                                                                    \
        return a;                                                            \
    }
#define EACH_3(name)                                                                  \
    template <typename T, int N> vec<T, N> name(vec<T, N> a, vec<T, N> b, vec<T, N> c) \
    {                                                                                 \
        for (int i = 0; i < N; i++) {                                                 \
            a[i] = name(a[i], b[i], c[i]);                                            \
        }                                                                             \
        return a;                                                                     \
    }
#define MATH_1(name, builtin) \
    inline float name(float a) { return builtin(a); } \
    EACH_1(name)

MATH_1(sqrt, __builtin_sqrtf)
MATH_1(floor, __builtin_floorf)
MATH_1(ceil, __builtin_ceilf)
MATH_1(trunc, __builtin_truncf)
MATH_1(rint, __builtin_rintf)
MATH_1(round, __builtin_roundf)
MATH_1(fabs, __builtin_fabsf)
MATH_1(exp, __builtin_expf)
MATH_1(exp2, __builtin_exp2f)
MATH_1(log, __builtin_logf)
MATH_1(log2, __builtin_log2f)
MATH_1(log10, __builtin_log10f)
MATH_1(sin, __builtin_sinf)
MATH_1(cos, __builtin_cosf)
MATH_1(tan, __builtin_tanf)
MATH_1(rsqrt, 1.0f / __builtin_sqrtf)
MATH_1(fract, [](float x) { return __builtin_fminf(x - __builtin_floorf(x), 0x1.fffffep-1f); })

inline float pow(float a, float b) { return __builtin_powf(a, b); }
inline float fmod(float a, float b) { return __builtin_fmodf(a, b); }
inline float copysign(float a, float b) { return __builtin_copysignf(a, b); }
inline float ldexp(float a, int b) { return __builtin_ldexpf(a, b); }
inline float fmin(float a, float b) { return __builtin_fminf(a, b); }
inline float fmax(float a, float b) { return __builtin_fmaxf(a, b); }
inline float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
EACH_2(pow)
EACH_2(fmod)
EACH_2(copysign)
EACH_2(fmin)
EACH_2(fmax)
EACH_3(fma)

template <typename T> T min(T a, T b)
{
    if constexpr (is_float<T>) {
        return fmin(a, b);
    } else {
        return b < a ? b : a;
    }
}

template <typename T> T max(T a, T b)
{
    if constexpr (is_float<T>) {
        return fmax(a, b);
    } else {
        return a < b ? b : a;
    }
}

template <typename T> T abs(T a)
{
    if constexpr (is_float<T>) {
        return fabs(a);
    } else {
        return a < T(0) ? -a : a;
    }
}

template <typename T> T clamp(T a, T low, T high) { return min(max(a, low), high); }
EACH_2(min)
EACH_2(max)
EACH_1(abs)
EACH_3(clamp)

inline float sign(float a) { return a > 0 ? 1.0f : a < 0 ? -1.0f : a == 0 ? a : 0.0f; }
template <typename T> T mix(T a, T b, T t) { return a + (b - a) * t; }
template <typename T> T select(T a, T b, bool c) { return c ? b : a; }
inline bool isnan(float a) { return a != a; }
inline bool isinf(float a) { return fabs(a) == __builtin_inff(); }
inline bool isfinite(float a) { return fabs(a) < __builtin_inff(); }
inline bool signbit(float a) { return __builtin_signbit(a) != 0; }
template <int N> bool any(vec<bool, N> v)
{
    bool found = false;
    for (int i = 0; i < N; i++) {
        found |= v[i];
    }
    return found;
}
template <int N> bool all(vec<bool, N> v)
{
    bool found = true;
    for (int i = 0; i < N; i++) {
        found &= v[i];
    }
    return found;
}
template <int N> float dot(vec<float, N> a, vec<float, N> b)
{
    float sum = 0;
    for (int i = 0; i < N; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

inline uint popcount(uint a) { return __builtin_popcount(a); }
inline uint clz(uint a) { return a == 0 ? 32 : __builtin_clz(a); }
inline uint ctz(uint a) { return a == 0 ? 32 : __builtin_ctz(a); }
inline uint mulhi(uint a, uint b) { return uint(ulong(a) * b >> 32); }
inline int mulhi(int a, int b) { return int(long(a) * b >> 32); }
inline uint extract_bits(uint a, uint offset, uint bits) { return bits == 0 ? 0 : a << (32 - bits - offset) >> (32 - bits); }
inline int extract_bits(int a, uint offset, uint bits) { return bits == 0 ? 0 : int(uint(a) << (32 - bits - offset)) >> (32 - bits); }

namespace fast = metal;
namespace precise = metal;

} // namespace metal

template <typename To, typename From> To as_type(From from)
{
    static_assert(sizeof(To) == sizeof(From), "as_type between sizes");
    To to;
    __builtin_memcpy(&to, &from, sizeof to);
    return to;
}
