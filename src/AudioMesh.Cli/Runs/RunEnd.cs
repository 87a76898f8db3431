// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>Why a run ended.</summary>
internal enum RunEnd
{
    /// <summary>The file was over.</summary>
    Ended,

    /// <summary>The time asked for was over.</summary>
    TimeOver,

    /// <summary>A signal came.</summary>
    Interrupted,
}
