// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Report;

/// <summary>Numbers as the page writes them.</summary>
internal static class Figures
{
    public const string None = "\u2013";

    /// <summary>With a true minus sign; a dash where there is none.</summary>
    public static string Of(double? value, string format) => value is { } number && !double.IsNaN(number)
        ? (Math.Abs(number) < 0.5 * Math.Pow(10, -Decimals(format)) ? 0 : number).ToString(format).Replace('-', '\u2212')
        : None;

    public static string Decibels(double? value) => Of(value, "0.0");

    public static string Microseconds(double nanoseconds) => Of(nanoseconds / 1000, nanoseconds < 100_000 ? "0.0" : "0");

    private static int Decimals(string format) => (format.Split('.') is [_, string decimals]) ? decimals.Length : 0;
}
