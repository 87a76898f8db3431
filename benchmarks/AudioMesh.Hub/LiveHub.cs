// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AudioMesh.Clock;
using AudioMesh.Latency;
using AudioMesh.Latency.Canary;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Session;
using AudioMesh.Network.Wire;

namespace AudioMesh.Benchmarks.Hub;

/// <summary>A hub at work: its own threads and socket in this process, its clients in two others of this machine.</summary>
internal static class LiveHub
{
    public const string SessionName = "live";

    private const int Processes = 2;
    private const int JoinSeconds = 60;
    private const int SettleMs = 3000;
    private const int LookMs = 50;

    /// <summary>Serves so many stereo clients for so long.</summary>
    public static LiveFigures Run(int clients, double seconds)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(SessionKey.Bytes);
        HubOptions size = new() { MaxClients = clients, MaxSendChannels = 2 * clients, MaxReceiveChannels = 2 * clients, PeriodFrames = HubCost.PeriodFrames };
        ToastHostOptions host = new() { Name = "hub", Key = SessionKey.FromSecret(secret, SessionName), Bind = new IPEndPoint(IPAddress.Loopback, 0) };
        using HubHost hub = new(host, new HubServerOptions { Mix = size, MaxDepthMs = 40 });
        Process[] crowd = [.. Enumerable.Range(0, Processes).Select(part => Start($"{hub.Toast.Port.LocalAddress}", secret, part * clients / Processes, (part + 1) * clients / Processes, clients))];
        try
        {
            Stopwatch waited = Stopwatch.StartNew();
            while (hub.Server.Clients.Count < clients && waited.Elapsed.TotalSeconds < JoinSeconds)
            {
                Thread.Sleep(LookMs);
            }

            double joinSeconds = waited.Elapsed.TotalSeconds;
            Thread.Sleep(SettleMs);
            return Watch(hub, crowd, seconds) with { JoinSeconds = joinSeconds };
        }
        finally
        {
            foreach (Process process in crowd)
            {
                process.StandardInput.Close();
                process.WaitForExit();
                process.Dispose();
            }
        }
    }

    private static LiveFigures Watch(HubHost hub, Process[] crowd, double seconds)
    {
        (int _, long packetsBefore, _) = Ask(crowd);
        CanaryThread[] canaries = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(cpu => new CanaryThread(cpu))];
        (long late, long skipped, long periods) = (hub.LatePeriods, hub.SkippedPeriods, hub.Server.Periods);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        Stopwatch clock = Stopwatch.StartNew();
        List<(long FromNs, long ToNs, long Late)> looks = [];
        (long lookedNs, long lateThen) = (MeshClock.Now.Nanoseconds, late + skipped);
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            Thread.Sleep(LookMs);
            (long now, long lateNow) = (MeshClock.Now.Nanoseconds, hub.LatePeriods + hub.SkippedPeriods);
            looks.Add((lookedNs, now, lateNow - lateThen));
            (lookedNs, lateThen) = (now, lateNow);
        }

        double cpuShare = (Environment.CpuUsage.TotalTime - cpu) / clock.Elapsed;
        Stall[] stalls = [.. canaries.SelectMany(canary => canary.Stop())];
        long unexplained = looks.Where(look => !stalls.Any(stall => stall.Touches(look.FromNs, look.ToNs))).Sum(look => look.Late);
        (int seated, long packetsAfter, float peak) = Ask(crowd);
        return new LiveFigures(
            hub.Server.Clients.Count(client => client.IsThere),
            seated,
            hub.Server.Periods - periods,
            hub.LatePeriods - late,
            hub.SkippedPeriods - skipped,
            unexplained,
            stalls.Length,
            cpuShare,
            (packetsAfter - packetsBefore) / clock.Elapsed.TotalSeconds,
            peak,
            hub.Server.Clients.Max(client => client.Peak),
            hub.Grant.IsRealtime);
    }

    private static (int Seated, long Packets, float Peak) Ask(Process[] crowd)
    {
        (int seated, long packets, float peak) = (0, 0, 0);
        foreach (Process process in crowd)
        {
            process.StandardInput.WriteLine();
            string[] said = (process.StandardOutput.ReadLine() ?? throw new AudioMeshException(AudioErrorKind.DeviceLost, "The clients ended.")).Split(' ');
            seated += int.Parse(said[0], CultureInfo.InvariantCulture);
            packets += long.Parse(said[1], CultureInfo.InvariantCulture);
            peak = Math.Max(peak, float.Parse(said[2], CultureInfo.InvariantCulture));
        }

        return (seated, packets, peak);
    }

    private static Process Start(string address, byte[] secret, int first, int end, int all)
    {
        Process process = OwnProcess.Start([LiveClients.Word, address, $"{first}", $"{end - first}", $"{all}"]);
        process.StandardInput.WriteLine(Convert.ToHexString(secret));
        return process;
    }
}
