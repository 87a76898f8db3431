// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Cli.Eval.Metrics;
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Trials;

/// <summary>Times a method's calls, to be run while nothing else runs: clip after clip loses a fifth of its packets, until enough calls are measured.</summary>
internal sealed class CostTrial(ConcealMethod method)
{
    private const double LostShare = 0.2;
    private const double Burst = 2;
    private const int WarmUpFills = 50;
    private const int MostFills = 1000;

    private readonly List<double> _fillsNs = [];
    private readonly List<double> _receivesNs = [];
    private readonly List<double> _worksNs = [];

    public (CallCost Fill, CallCost Receive, CallCost Work) Run(EvalPlan plan, IReadOnlyList<Clip> clips)
    {
        LossScenario scenario = LossPresets.Gilbert("cost", plan.PacketFrames, LostShare, Burst);
        Play(clips[0], scenario.TraceOf(clips[0], plan.Seed), WarmUpFills);
        foreach (List<double> ns in (List<double>[])[_fillsNs, _receivesNs, _worksNs])
        {
            ns.Clear();
        }

        foreach (Clip clip in clips.TakeWhile(_ => _fillsNs.Count < MostFills))
        {
            Play(clip, scenario.TraceOf(clip, plan.Seed), MostFills);
        }

        return (CostOf(_fillsNs), CostOf(_receivesNs), CostOf(_worksNs));
    }

    private void Play(Clip clip, LossTrace trace, int mostFills)
    {
        float[] samples = new float[trace.PacketFrames];
        using IConcealer concealer = method.Create(clip.Rate, trace.PacketFrames);
        for (int packet = 0; packet < trace.Lost.Count && _fillsNs.Count < mostFills; packet++)
        {
            clip.Samples.AsSpan(packet * trace.PacketFrames, trace.PacketFrames).CopyTo(samples);
            ReadOnlySpan<float> next = method.LooksAhead ? trace.After(packet, clip) : [];
            long start = Stopwatch.GetTimestamp();
            if (trace.Lost[packet])
            {
                concealer.Lose(samples, next);
                _fillsNs.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            }
            else
            {
                concealer.Receive(samples);
                _receivesNs.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            }

            start = Stopwatch.GetTimestamp();
            concealer.Work();
            _worksNs.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }
    }

    private static CallCost CostOf(List<double> ns) => new(ns.Count, Quantile.Of(ns, 0.5) ?? 0, Quantile.Of(ns, 0.99) ?? 0);
}
