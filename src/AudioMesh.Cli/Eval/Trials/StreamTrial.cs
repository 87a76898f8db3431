// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Cli.Eval.Metrics;
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Trials;

/// <summary>Plays a clip as a stream that loses packets, with every method.</summary>
internal static class StreamTrial
{
    public static ClipStream Run(EvalPlan plan, LossScenario scenario, Clip clip, IReadOnlyList<OutputLog> logs)
    {
        LossTrace trace = scenario.TraceOf(clip, plan.Seed);
        StreamJudge judge = new(clip, trace);
        List<MethodFigures> figures = [];
        foreach ((ConcealMethod method, OutputLog log) in plan.Methods.Zip(logs))
        {
            float[] heard = Play(method, clip, trace);
            log.Add(heard);
            StreamMeasures measures = new(judge, heard);
            figures.Add(new MethodFigures(method.Name, [.. StreamFigure.All.Select(figure => figure.Measure(measures))]));
            if (plan.RenderFolder is { } folder)
            {
                Rendering.Write(folder, clip, scenario, method.Name, heard);
            }
        }

        if (plan.RenderFolder is { } renderFolder)
        {
            Rendering.WriteLossy(renderFolder, clip, scenario, trace);
        }

        return new ClipStream(clip.Name, trace.Lost.Count, trace.Lost.Count(lost => lost), trace.Gaps.Count, trace.Hash, figures);
    }

    private static float[] Play(ConcealMethod method, Clip clip, LossTrace trace)
    {
        float[] heard = [.. clip.Samples];
        using IConcealer concealer = method.Create(clip.Rate, trace.PacketFrames);
        for (int packet = 0; packet < trace.Lost.Count; packet++)
        {
            Span<float> frames = heard.AsSpan(packet * trace.PacketFrames, trace.PacketFrames);
            if (trace.Lost[packet])
            {
                frames.Clear();
                concealer.Lose(frames, method.LooksAhead ? trace.After(packet, clip) : []);
            }
            else
            {
                concealer.Receive(frames);
            }

            concealer.Work();
        }

        return heard;
    }
}
