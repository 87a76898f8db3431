// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Network.Hub;

namespace AudioMesh.Benchmarks.Hub;

/// <summary>What a period of a hub with so many stereo clients takes.</summary>
internal sealed record HubCost((double Best, double Median, double P99) SteadyUs, (double Best, double Median, double P99) ChangingUs, long AllocatedBytes, bool IsRight)
{
    public const int PeriodFrames = 128;
    public const int Rate = 48000;

    public const double PeriodUs = 1e6 * PeriodFrames / Rate;

    public static HubCost Measure(int clients, bool isShort)
    {
        HubMixer hub = new(new HubOptions { MaxClients = clients, MaxSendChannels = 2 * clients, MaxReceiveChannels = 2 * clients, PeriodFrames = PeriodFrames });
        HubSeat[] seats = [.. Enumerable.Range(0, clients).Select(i => hub.Join($"client {i}", 2, 2))];
        SetMixes(hub, seats, 0);
        for (int i = 0; i < 20; i++)
        {
            MixOne(hub, seats);
        }

        double[] steady = new double[isShort ? 50 : 2000];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < steady.Length; i++)
        {
            steady[i] = MixOne(hub, seats);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        bool isRight = hub.Receive(seats[0], 0)[^1] > 0;
        double[] changing = new double[isShort ? 10 : 200];
        for (int i = 0; i < changing.Length; i++)
        {
            // The first period after a change takes the new plan and begins the ramp.
            hub.SetLevel(seats[0].Id, seats[^1].Id, new HubLevel(GainDb: -1 - (i % 7)));
            changing[i] = MixOne(hub, seats);
        }

        return new HubCost(Quantiles(steady), Quantiles(changing), allocated, isRight);
    }

    private static double MixOne(HubMixer hub, HubSeat[] seats)
    {
        foreach (HubSeat seat in seats)
        {
            hub.Send(seat, 0).Fill(0.01f);
            hub.Send(seat, 1).Fill(0.01f);
        }

        long begin = Stopwatch.GetTimestamp();
        hub.Mix();
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
    }

    private static void SetMixes(HubMixer hub, HubSeat[] seats, int seed)
    {
        // A few of each listener's levels are its own; each change writes all gains anew, so not all of them here.
        for (int i = 0; i < seats.Length; i++)
        {
            HubSeat source = seats[(i + 1 + seed) % seats.Length];
            hub.SetLevel(seats[i].Id, source.Id, new HubLevel(GainDb: -3 - (i % 9), Pan: (i % 5 / 2.0) - 1));
        }
    }

    private static (double Best, double Median, double P99) Quantiles(double[] times)
    {
        Array.Sort(times);
        return (times[0], times[times.Length / 2], times[(int)(times.Length * 0.99)]);
    }
}
