// SPDX-License-Identifier: MIT
// Host time counts 24 MHz ticks, as on Apple silicon, so that a forgotten conversion shows.
#include "model.h"

#include <time.h>

UInt64 now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (UInt64)now.tv_sec * 1000000000u + (UInt64)now.tv_nsec;
}

UInt64 to_host(UInt64 nanoseconds)
{
    return nanoseconds * 3 / 125;
}

FAKE_EXPORT UInt64 AudioGetCurrentHostTime(void)
{
    return to_host(now_ns());
}

FAKE_EXPORT Float64 AudioGetHostClockFrequency(void)
{
    return 24e6;
}

FAKE_EXPORT UInt64 AudioConvertHostTimeToNanos(UInt64 ticks)
{
    return ticks * 125 / 3;
}

FAKE_EXPORT UInt64 AudioConvertNanosToHostTime(UInt64 nanoseconds)
{
    return to_host(nanoseconds);
}
