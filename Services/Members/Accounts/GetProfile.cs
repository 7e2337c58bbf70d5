using Microsoft.EntityFrameworkCore;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.Members.Accounts;

internal sealed class GetProfile(MembersDb db)
{
    public async Task<GetProfileResponse> HandleAsync(Caller caller, CancellationToken cancel)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.Member, cancel)
            ?? throw new UnauthenticatedException("The account of this token does not exist any more.");

        return new() { MemberId = account.Id.ToString(), Email = account.Email, Name = account.Name, Language = account.Language };
    }
}
