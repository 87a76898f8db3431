// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Stems;
using Spectre.Console;

namespace AudioMesh.Cli.Takes;

/// <summary>Tells what takes came to.</summary>
internal static class CollectReport
{
    private static readonly string[] Headings = ["STEM", "HOST", "START s", "LENGTH s", "DRIFT ppm", "BOUND us", "DROPOUTS"];

    public static void Write(CollectResult result)
    {
        Screen.WriteTable(Headings, result.Stems.Select(stem => Row(result, stem)));
        Console.WriteLine(FormattableString.Invariant(
            $"{Texts.Count(result.Stems.Count, "stem")} of {(double)result.Frames / result.Rate:0.000} s at {result.Rate} Hz from mesh time {result.Start.Nanoseconds / 1e9:0.000000} s; {result.ArdourPath} and {result.ProjectPath} open them."));
    }

    public static void WriteJson(CollectResult result) => JsonLine.Write(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("project", result.ProjectPath);
        json.WriteString("ardour", result.ArdourPath);
        json.WriteNumber("rate", result.Rate);
        json.WriteNumber("mesh_ns", result.Start.Nanoseconds);
        json.WriteNumber("frames", result.Frames);
        json.WriteStartArray("stems");
        foreach (CollectedStem stem in result.Stems)
        {
            WriteStem(json, stem);
        }

        json.WriteEndArray();
    });

    private static void WriteStem(Utf8JsonWriter json, CollectedStem stem)
    {
        json.WriteStartObject();
        json.WriteString("file", stem.Path);
        json.WriteString("take", stem.SidecarPath);
        json.WriteString("name", stem.Name);
        json.WriteString("host", stem.Host);
        json.WriteNumber("channels", stem.Channels);
        json.WriteNumber("start", stem.StartFrame);
        json.WriteNumber("frames", stem.Frames);
        json.WriteNumber("drift_ppm", Math.Round(stem.DriftPpm, 4));
        json.WriteNumber("error_ns", Math.Round(stem.ErrorNs, 1));
        json.WriteBoolean("cut", stem.IsCut);
        json.WriteStartArray("dropouts");
        foreach (StemDropout dropout in stem.Dropouts)
        {
            json.WriteStartObject();
            json.WriteNumber("frame", dropout.Frame);
            json.WriteNumber("frames", dropout.Frames);
            json.WriteString("cause", dropout.Cause.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string[] Row(CollectResult result, CollectedStem stem) =>
    [
        Markup.Escape(Path.GetFileName(stem.Path)) + (stem.IsCut ? " [yellow](cut)[/]" : ""),
        Markup.Escape(stem.Host),
        FormattableString.Invariant($"{(double)stem.StartFrame / result.Rate:0.000}"),
        FormattableString.Invariant($"{(double)stem.Frames / result.Rate:0.000}"),
        FormattableString.Invariant($"{stem.DriftPpm:+0.00;-0.00;0.00}"),
        FormattableString.Invariant($"{stem.ErrorNs / 1e3:0.0}"),
        string.Join(", ", stem.Dropouts.Take(5).Select(dropout => FormattableString.Invariant(
            $"{dropout.Cause.ToString().ToLowerInvariant()} {(double)dropout.Frames / result.Rate:0.000} s at {(double)dropout.Frame / result.Rate:0.000}")))
            + (stem.Dropouts.Count > 5 ? FormattableString.Invariant($" and {stem.Dropouts.Count - 5} more") : ""),
    ];
}
