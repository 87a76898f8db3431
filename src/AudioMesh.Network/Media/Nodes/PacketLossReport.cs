// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media.Nodes;

/// <summary>Adds up frames that did not come, and reports them when that is over for a tenth of a second, and once a second while it lasts. Device thread.</summary>
[RealtimeSafe]
internal sealed class PacketLossReport
{
    private const int QuietParts = 10;

    private long _frames;
    private long _predicted;
    private long _quietFrames;
    private bool _isOutage;

    /// <summary>So many frames more by the end of this block, or 0, how many of them were predicted, and whether nothing comes at all.</summary>
    public void Add(in RenderContext context, int node, int rate, long frames, long predicted, bool isOutage)
    {
        _frames += frames;
        _predicted += predicted;
        _isOutage |= isOutage;
        _quietFrames = frames > 0 ? 0 : _quietFrames + context.Frames;
        RenderCause cause = _isOutage ? RenderCause.NetworkOutage : RenderCause.PacketLost;
        bool isDue = _frames >= rate || (_frames > 0 && _quietFrames * QuietParts >= rate);
        if (isDue && context.Events.TryPush(new RenderEvent(RenderEventKind.Underrun, cause, node, context.OutputTime, _frames, 0, _predicted)))
        {
            (_frames, _predicted, _isOutage) = (0, 0, false);
        }
    }
}
