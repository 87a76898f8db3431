// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Demo.Output;

/// <summary>Chooses how to report: JSON where asked for, live figures on a terminal, else lines.</summary>
internal static class DemoReport
{
    public static IDemoReport Create(bool asJson) =>
        asJson ? new DemoJsonReport() : Screen.IsTerminal ? new DemoTerminalReport() : new DemoLineReport();
}
