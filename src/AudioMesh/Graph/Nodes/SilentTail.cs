// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>What a node that sounds on after its input may say of its output: it is silent only when the last sound has come out.</summary>
internal sealed class SilentTail
{
    private long _left;

    /// <summary>Takes what is known of <paramref name="frames"/> that came in, of which the last is heard <paramref name="tailFrames"/> later. Device thread.</summary>
    [RealtimeSafe]
    public FrameFlags After(FrameFlags input, int frames, long tailFrames)
    {
        if ((input & FrameFlags.Silence) == 0)
        {
            _left = tailFrames;
            return input;
        }

        _left = Math.Max(0, Math.Min(_left, tailFrames) - frames);
        return _left > 0 ? input & ~FrameFlags.Silence : input;
    }
}
