// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>What is special about the samples of a <see cref="JamAudioFrame"/>. Values are those of <c>audiomesh_ring.h</c>.</summary>
[Flags]
public enum FrameFlags
{
    /// <summary>Samples as their source made them.</summary>
    None = 0,

    /// <summary>Concealment made these samples.</summary>
    Predicted = 1,

    /// <summary>All samples are zero on purpose.</summary>
    Silence = 2,

    /// <summary>The source lost samples here.</summary>
    Dropout = 4,

    /// <summary>The first sample does not follow from the one before it.</summary>
    Discontinuity = 8,

    /// <summary>A GPU was to make these samples and was late; the processor or concealment did.</summary>
    GpuLate = 16,
}
