// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Benchmarks.Hub;

/// <summary>Many clients in one process and on one thread, a few at a time within each period, so that they do not all send at once. It ends when its input does.</summary>
internal static class LiveClients
{
    /// <summary>The word by which this program is these clients.</summary>
    public const string Word = "live-clients";

    private const int AtOnce = 4;

    /// <summary>Below the hub's own threads: clients elsewhere would take nothing from it.</summary>
    private const int Priority = RealtimePriority.Device - 20;

    private const long MostLateNs = 10_000_000;
    private const long PeriodNs = 1_000_000_000L * HubCost.PeriodFrames / HubCost.Rate;

    /// <summary>Clients of the hub at an address of this machine; the session's secret is the first line of the input.</summary>
    public static void Run(string address, int first, int count, int all)
    {
        SessionKey key = SessionKey.FromSecret(Convert.FromHexString(Console.In.ReadLine()!), LiveHub.SessionName);
        LiveClient[] clients = [.. Enumerable.Range(first, count).Select(number => new LiveClient(key, IPEndPoint.Parse(address), number, all))];
        using CancellationTokenSource end = new();
        RealtimeThread playing = RealtimeThread.Start("live-clients", Priority, PeriodNs, () => Play(clients, end.Token));
        while (Console.In.ReadLine() is not null)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clients.Count(client => client.IsSeated)} {clients.Sum(client => client.Packets)} {clients[0].Peak}"));
        }

        end.Cancel();
        playing.Join(Timeout.Infinite);
        foreach (LiveClient client in clients)
        {
            client.Dispose();
        }
    }

    private static void Play(LiveClient[] clients, CancellationToken end)
    {
        int groups = (clients.Length + AtOnce - 1) / AtOnce;
        MeshTime begin = MeshClock.Now;
        for (long step = 0; !end.IsCancellationRequested; step++)
        {
            MeshTime due = begin.Add(step * PeriodNs / groups);
            DeadlineTimer.WaitUntil(due);
            if (MeshClock.Now - due > MostLateNs)
            {
                // Kept from running: what there was no time for is left out, as a device does.
                begin = begin.Add(MeshClock.Now - due);
                due = MeshClock.Now;
            }

            int group = (int)(step % groups);
            foreach (LiveClient client in clients.AsSpan(group * AtOnce, Math.Min(AtOnce, clients.Length - (group * AtOnce))))
            {
                client.Serve(due);
            }
        }
    }
}
