// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>What an answer is, on the wire.</summary>
internal enum AnswerStatus : byte
{
    Answered = 0,
    Failed = 1,
    NotServed = 2,
}
