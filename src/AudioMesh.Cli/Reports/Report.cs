// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Reports;

/// <summary>Chooses how to report: JSON where asked for, live meters on a terminal, else lines.</summary>
internal static class Report
{
    public static IReport Create(bool asJson) =>
        asJson ? new JsonReport() : Screen.IsTerminal ? new TerminalReport() : new LineReport();
}
