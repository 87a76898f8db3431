// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Graph;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Parameters;

namespace AudioMesh.Benchmarks.Bus;

/// <summary>Writers on all hosts of a bus, each of parameters of its own, and watchers on the others.</summary>
internal sealed class UpdateStorm
{
    public const int PerWriter = 2500;
    private const int Keys = 250;
    private const int PatienceMs = 60_000;
    private readonly IReadOnlyList<IMeshBus> _buses;
    private readonly SharedParameters[] _parameters;

    public UpdateStorm(IReadOnlyList<IMeshBus> buses)
    {
        _buses = buses;
        _parameters = [.. buses.Select(bus => new SharedParameters(bus, new SharedParametersOptions { MeshClock = () => bus.Timebase.ToMesh(Clock.MeshClock.Now) }))];
        Until(() => buses.All(bus => bus.Peers.Count == buses.Count - 1));
        for (int key = 0; key < Keys * buses.Count; key++)
        {
            _parameters[key / Keys].Declare($"w.{key / Keys}", new ParameterDescriptor($"n{key % Keys}", ParameterKind.Integer, "") { Default = -1.0 });
        }

        Until(() => _parameters.All(there => there.All.Count == Keys * buses.Count));
    }

    public StormResult Run(double seconds, Func<double> serverCpuSeconds)
    {
        int each = (int)(PerWriter * seconds);
        long[][] written = [.. _buses.Select(_ => new long[each])];
        long[][][] seen = [.. _buses.Select(_ => (long[][])[.. _buses.Select(_ => new long[each])])];
        IDisposable[] watches = [.. _parameters.Select((there, watcher) => there.Watch("w", null, parameter => Note(seen[watcher], parameter)))];
        double server = serverCpuSeconds();
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        Stopwatch clock = Stopwatch.StartNew();
        Parallel.For(0, _buses.Count, new ParallelOptions { MaxDegreeOfParallelism = _buses.Count }, writer => Write(writer, written[writer], clock));
        double took = clock.Elapsed.TotalSeconds;
        bool isAcknowledged = Until(() => _buses.All(bus => bus.Table("parameters").Pending == 0));
        bool isSame = Until(() => _buses.All(bus => bus.Table("parameters").Digest == _buses[0].Table("parameters").Digest)) && HoldsLast(each);
        double all = clock.Elapsed.TotalSeconds;
        double cpuShare = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / all;
        double serverShare = (serverCpuSeconds() - server) / all;
        Array.ForEach(watches, watch => watch.Dispose());
        double[] delaysMs = [.. Delays(written, seen).Order()];
        return new StormResult(
            each * _buses.Count, each * _buses.Count / took, (At(delaysMs, 0.5), At(delaysMs, 0.99), At(delaysMs, 1)), delaysMs.Length / (double)(each * _buses.Count * (_buses.Count - 1)),
            cpuShare, serverShare, _buses.Sum(bus => bus.Statistics.Resent), _buses.Sum(bus => bus.Statistics.Lost), isAcknowledged, isSame);
    }

    private static void Note(long[][] seen, SharedParameter parameter)
    {
        int number = (int)parameter.Value.Number;
        if (number >= 0)
        {
            ref long at = ref seen[parameter.Namespace[^1] - '0'][number];
            at = at == 0 ? Stopwatch.GetTimestamp() : at;
        }
    }

    private void Write(int writer, long[] written, Stopwatch clock)
    {
        for (int i = 0; i < written.Length; i++)
        {
            while (clock.Elapsed.TotalSeconds * PerWriter < i)
            {
                Thread.Sleep(1);
            }

            written[i] = Stopwatch.GetTimestamp();
            _parameters[writer].Set($"w.{writer}", $"n{i % Keys}", i);
        }
    }

    private bool HoldsLast(int each) => _parameters.All(there => Enumerable.Range(0, _buses.Count).All(
        writer => Enumerable.Range(Math.Max(0, each - Keys), Math.Min(each, Keys)).All(i => there.Get($"w.{writer}", $"n{i % Keys}").Value.Number == i)));

    private static IEnumerable<double> Delays(long[][] written, long[][][] seen)
    {
        for (int watcher = 0; watcher < seen.Length; watcher++)
        {
            for (int writer = 0; writer < written.Length; writer++)
            {
                for (int i = 0; watcher != writer && i < written[writer].Length; i++)
                {
                    if (seen[watcher][writer][i] is var at and not 0)
                    {
                        yield return Stopwatch.GetElapsedTime(written[writer][i], at).TotalMilliseconds;
                    }
                }
            }
        }
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];

    private static bool Until(Func<bool> holds) => SpinWait.SpinUntil(
        () =>
        {
            Thread.Sleep(5);
            return holds();
        },
        PatienceMs);
}
