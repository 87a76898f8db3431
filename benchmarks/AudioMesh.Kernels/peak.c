// SPDX-License-Identifier: MIT
// How many single-precision multiplications and additions one core does at most, in registers only: twelve chains hide the latency of the
// additions, as in the mix matrix the products hang on nothing. The empty assembler keeps the compiler from taking work out of the loop.

typedef float eight __attribute__((vector_size(32)));
typedef float sixteen __attribute__((vector_size(64)));

#define EACH(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)
#define DECLARE(N) vector s##N = t * (float)N;
#define SEPARATE(N)                    \
    {                                  \
        __asm__("" : "+x"(f));         \
        s##N = s##N + f * t;           \
    }
#define FUSED(N) s##N = s##N * f + t;
#define TOTAL(N) total = total + s##N;

#define LOOP(NAME, VECTOR, STEP)                                      \
    float NAME(long rounds, float factor, float term)                 \
    {                                                                 \
        typedef VECTOR vector;                                        \
        vector f = (vector){0} + factor, t = (vector){0} + term;      \
        EACH(DECLARE)                                                 \
        for (long i = 0; i < rounds; i++) {                           \
            EACH(STEP)                                                \
        }                                                             \
        vector total = {0};                                           \
        EACH(TOTAL)                                                   \
        return total[0];                                              \
    }

LOOP(separate_256, eight, SEPARATE)
LOOP(separate_512, sixteen, SEPARATE)
#pragma GCC optimize("fp-contract=fast")
LOOP(fused_256, eight, FUSED)
LOOP(fused_512, sixteen, FUSED)
