// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Architecture.Tests.Fixtures;

internal interface IMarked
{
    [RealtimeSafe]
    void Do();
}
