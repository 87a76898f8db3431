// SPDX-License-Identifier: MIT
namespace AllocatingApp;

/// <summary>Makes work for the garbage collector: a large live heap whose parts are replaced all the time.</summary>
internal static class Litter
{
    private const int LiveObjects = 200_000;

    public static void Make(CancellationToken end)
    {
        byte[][] live = new byte[LiveObjects][];
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            live[i * 7919L % LiveObjects] = new byte[64 + (i & 511)];
        }

        GC.KeepAlive(live);
    }
}
