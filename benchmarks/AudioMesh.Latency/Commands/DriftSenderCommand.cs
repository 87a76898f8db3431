// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Latency.Drift;

namespace AudioMesh.Latency.Commands;

/// <summary><c>drift-sender</c>: the other side of <c>drift</c>.</summary>
internal sealed class DriftSenderCommand : Command
{
    private readonly Argument<double> _ppm = new("ppm");
    private readonly Argument<string> _keyFile = new("key-file");
    private readonly Argument<string> _contact = new("contact");

    public DriftSenderCommand()
        : base(DriftRun.SenderWord, "Sends until its input ends, by a device whose clock is off.")
    {
        Add(_ppm);
        Add(_keyFile);
        Add(_contact);
        SetAction(parsed => DriftRun.Send(parsed.GetValue(_ppm), parsed.GetValue(_keyFile)!, parsed.GetValue(_contact)!));
    }
}
