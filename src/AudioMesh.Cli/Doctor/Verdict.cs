// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It plays, but less well than it could.</summary>
    Warn,

    /// <summary>It will not play, or not in real time.</summary>
    Bad,
}
