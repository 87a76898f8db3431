// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Live;
using AudioMesh.Cli.Eval;
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Cli.Eval.Metrics;
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Demo.Judging;

/// <summary>Compares what B heard with what A sent.</summary>
internal static class DemoJudge
{
    /// <summary>Where less than this of a packet's energy was right without prediction, it was not there.</summary>
    private const double MissingShare = 0.5;

    public static DemoResult Judge(DemoRecord record)
    {
        int packetFrames = record.PacketFrames;
        int packets = (int)Math.Min(record.Plan.Seconds * record.Rate, record.Sent.Frames) / packetFrames;
        packets = Math.Min(packets, record.Link.There.Count);
        LossTrace there = TraceOf(record.Link.There, packetFrames, packets);
        HeardTimeline plain = HeardTimeline.Of(record.Plain, packets * packetFrames);
        HeardTimeline predicted = HeardTimeline.Of(record.Predicted, packets * packetFrames);
        bool[] late = LateOf(record, there, plain);

        int first = (Math.Max(plain.First, predicted.First) + packetFrames - 1) / packetFrames;
        int end = Math.Max(first, Math.Min(plain.End, predicted.End) / packetFrames);
        Range frames = (first * packetFrames)..(end * packetFrames);
        Clip reference = new(record.Plan.Name, record.Rate, record.Sent.Samples[frames].ToArray());
        LossTrace trace = new(packetFrames, [.. Enumerable.Range(first, end - first).Select(packet => there.Lost[packet] || late[packet])]);
        (string Method, float[] Heard)[] heard = [("zero", plain.Samples[frames]), ("pnbtr", predicted.Samples[frames])];

        SoundClock sent = new(record.Sent, record.Rate, record.SenderDevice.OutputLatencyFrames);
        SoundClock played = new(record.Predicted, record.Rate, record.Device.OutputLatencyFrames);
        SoundClock returned = new(record.Returned, record.Rate, record.SenderDevice.OutputLatencyFrames);
        return new DemoResult
        {
            Record = record,
            There = there,
            Back = TraceOf(record.Link.Back, record.ReturnedPacketFrames, record.Link.Back.Count),
            Late = late,
            FirstFrame = frames.Start.Value,
            Reference = reference,
            Heard = heard,
            Figures = reference.Samples.Length < Corpus.FewestFrames ? [] : [.. FiguresOf(reference, trace, heard)],
            Examples = DemoExamples.Choose(reference, trace, heard),
            TimesThere = new WayTimes(record.Link.There, packetFrames, 0, sent, played, record.Predicted),
            TimesBack = new WayTimes(record.Link.Back, record.ReturnedPacketFrames, record.ReturnedBefore, played, returned, record.Returned),
            RoundTrip = RoundTrip.Of(sent, played, record.Returned),
        };
    }

    private static LossTrace TraceOf(PacketLog log, int packetFrames, int packets) =>
        new(packetFrames, [.. Enumerable.Range(0, packets).Select(log.IsLost)]);

    private static bool[] LateOf(DemoRecord record, LossTrace there, HeardTimeline plain)
    {
        bool[] late = new bool[there.Lost.Count];
        for (int packet = 0; packet < late.Length; packet++)
        {
            int start = packet * there.PacketFrames;
            ReadOnlySpan<float> sent = record.Sent.Samples.Slice(start, there.PacketFrames);
            ReadOnlySpan<float> heard = plain.Samples.AsSpan(start, there.PacketFrames);
            bool isJudged = !there.Lost[packet] && start >= plain.First && start + there.PacketFrames <= plain.End && GapError.Counts(sent);
            late[packet] = isJudged && Energy.OfError(heard, sent) > MissingShare * Energy.Of(sent);
        }

        return late;
    }

    private static IEnumerable<MethodFigures> FiguresOf(Clip reference, LossTrace trace, (string Method, float[] Heard)[] heard)
    {
        StreamJudge judge = new(reference, trace);
        foreach ((string method, float[] samples) in heard)
        {
            StreamMeasures measures = new(judge, samples);
            yield return new MethodFigures(method, [.. StreamFigure.All.Select(figure => figure.Measure(measures))]);
        }
    }
}
