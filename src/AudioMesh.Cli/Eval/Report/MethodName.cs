// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Report;

/// <summary>How a method looks: its colour is that of its style class.</summary>
internal static class MethodName
{
    private const string Ahead = "-ahead";

    /// <summary>The style classes of a method: with look-ahead it has the colour it has without, dashed.</summary>
    public static string Classes(string method) => method.EndsWith(Ahead, StringComparison.Ordinal) ? $"{method[..^Ahead.Length]} ahead" : method;

    /// <summary>Whether it is ours, not one of those it is compared with.</summary>
    public static bool IsOurs(string method) => method.StartsWith("pnbtr", StringComparison.Ordinal);

    /// <summary>The head of a row.</summary>
    public static void WriteRowHead(HtmlText page, string method) =>
        page.Add($"<tr class=\"{(IsOurs(method) ? "ours" : "")}\"><th scope=\"row\"><i class=\"dot {Classes(method)}\"></i>{method}</th>");
}
