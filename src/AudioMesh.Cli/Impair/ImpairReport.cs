// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Impair;

/// <summary>Chooses how to report: JSON where asked for, a live table on a terminal, else lines.</summary>
internal static class ImpairReport
{
    public static IImpairReport Create(bool asJson) =>
        asJson ? new ImpairJsonReport() : Screen.IsTerminal ? new ImpairTerminalReport() : new ImpairLineReport();
}
