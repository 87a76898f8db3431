// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;
using AudioMesh.Cli.Reports;
using Spectre.Console;

namespace AudioMesh.Cli.Eval.Output;

/// <summary>What was measured, in tables: means over the clips, each of which counts as much as any other.</summary>
internal static class EvalTables
{
    private const int FiguresAbreast = 6;

    public static void Write(EvalResult result)
    {
        foreach (SkippedClip skipped in result.Skipped)
        {
            Console.WriteLine($"Skipped {skipped.Name}: it {skipped.Reason}.");
        }

        if (result.Isolated is { } isolated)
        {
            WriteIsolated(isolated);
        }

        foreach (StreamResult stream in result.Streams)
        {
            WriteStream(stream);
        }

        WriteMethods(result);
    }

    private static void WriteIsolated(IsolatedResult isolated)
    {
        int gaps = isolated.Clips.Sum(clip => clip.Starts.Count);
        Console.WriteLine(
            $"Error in {Texts.Count(gaps, "single gap")} of {Texts.Count(isolated.Clips.Count, "clip")}, packets of {isolated.PacketFrames} frames: "
            + "dB of what was lost (0 is silence), by the frames judged:");
        Screen.WriteTable(["METHOD", "", .. isolated.Lengths.Select(length => $"{length}")], isolated.Overall.SelectMany((method, index) => (string[][])
        [
            [method.Method, "mean", .. method.ByLength.Select(figures => Decibels(figures?.MeanDb))],
            ["", "median", .. method.ByLength.Select(figures => Decibels(figures?.MedianDb))],
            ["", "p90", .. method.ByLength.Select(figures => Decibels(figures?.P90Db))],
            ["", "worst clip", .. isolated.Lengths.Select((_, length) => Decibels(isolated.WorstClipDb(index, length)))],
        ]));
        Console.WriteLine();
    }

    private static void WriteStream(StreamResult stream)
    {
        Console.WriteLine(
            $"{stream.Scenario.Name}: {stream.Scenario.Description}, packets of {stream.Scenario.PacketFrames} frames; "
            + $"{100 * stream.LostShare:0.00} % was lost, trace {stream.TraceHash:x16}");
        foreach ((int Index, StreamFigure Item)[] figures in StreamFigure.All.Index().Chunk(FiguresAbreast))
        {
            Screen.WriteTable(["METHOD", .. figures.Select(figure => figure.Item.Heading)], stream.Overall.Select(method => (string[])
            [
                method.Method,
                .. figures.Select(figure => Number(method.Values[figure.Index], figure.Item.Format)),
            ]));
            Console.WriteLine();
        }
    }

    private static void WriteMethods(EvalResult result)
    {
        Console.WriteLine($"What a packet of {result.Plan.PacketFrames} frames takes, alone on one thread; work, such as training, is done beside playing:");
        Screen.WriteTable(["METHOD", "FILL P50", "P99", "RECEIVE P50", "P99", "WORK P50", "P99"], result.Methods.Select(method => (string[])
        [
            method.Method.Name,
            .. Microseconds(method.Fill),
            .. Microseconds(method.Receive),
            .. Microseconds(method.Work),
        ]));
        Console.WriteLine();
        Console.WriteLine("A hash of all output:");
        Screen.WriteTable(["METHOD", "HASH", "WHAT"], result.Methods.Select(method => (string[])
        [
            method.Method.Name,
            $"{method.OutputHash:x16}",
            Markup.Escape(method.Method.Description) + (method.NotFinite > 0 ? $" [red]{method.NotFinite} samples are not finite![/]" : ""),
        ]));
    }

    private static string Decibels(double? db) => Number(db, "0.0");

    // Without a minus before what is 0 as written.
    private static string Number(double? value, string format) => value?.ToString($"{format};-{format};{format}") ?? "-";

    private static string[] Microseconds(CallCost cost) => [$"{cost.P50Ns / 1000:0.0} us", $"{cost.P99Ns / 1000:0.0} us"];
}
