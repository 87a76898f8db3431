// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>Work of a node that may wait for a disk; done again and again on the engine's worker thread, below device priority.</summary>
public interface IBackgroundWork
{
    /// <summary>Does what there is to do now. Must not throw; allocates nothing when all is well.</summary>
    void Work();

    /// <summary>Whether the node can start without a gap.</summary>
    bool IsPrimed { get; }

    /// <summary>What ended the work for good, once: the error to report; null while all is well.</summary>
    AudioMeshException? TakeFailure();
}
