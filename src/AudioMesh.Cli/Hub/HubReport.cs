// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Hub;

/// <summary>Chooses how to report: JSON where asked for, a live table on a terminal, else lines.</summary>
internal static class HubReport
{
    public static IHubReport Create(bool asJson) => asJson ? new HubJsonReport() : Screen.IsTerminal ? new HubTerminalReport() : new HubLineReport();
}
