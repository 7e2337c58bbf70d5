using MailKit.Net.Smtp;
using Shop.Notifications.Mails;

namespace Shop.Notifications.Tests.Mails;

/// <summary>Whether a mail is given up: what servers say, and where.</summary>
public sealed class SmtpRefusalTests
{
    private const SmtpErrorCode Recipient = SmtpErrorCode.RecipientNotAccepted;
    private const SmtpErrorCode Message = SmtpErrorCode.MessageNotAccepted;
    private const SmtpErrorCode Sender = SmtpErrorCode.SenderNotAccepted;

    [Theory]
    [InlineData(Recipient, 550, "5.1.1 no such user")]
    [InlineData(Recipient, 550, "5.1.10 recipient not found")]
    [InlineData(Recipient, 501, "5.1.3 bad recipient address syntax")]
    [InlineData(Recipient, 550, "5.2.1 the mailbox is disabled")]
    [InlineData(Recipient, 552, "5.2.2 the mailbox is full")]
    [InlineData(Recipient, 550, "5.4.1 recipient address rejected")]
    [InlineData(Recipient, 554, "5.4.4 no such domain")]
    [InlineData(Recipient, 550, "no such user")]
    [InlineData(Recipient, 551, "user not local")]
    [InlineData(Recipient, 552, "the mailbox is full")]
    [InlineData(Recipient, 553, "mailbox name not allowed")]
    [InlineData(Recipient, 556, "domain does not accept mail")]
    [InlineData(Recipient, 501, "syntax error")]
    [InlineData(Recipient, 550, "5.7 is no status code")]
    [InlineData(Recipient, 550, "4.7.1 contradicts its reply code")]
    [InlineData(Message, 552, "5.3.4 message too big")]
    [InlineData(Message, 550, "5.6.0 content cannot be converted")]
    [InlineData(Message, 554, "transaction failed")]
    [InlineData(Message, 552, "too much mail data")]
    [InlineData(Message, 550, "rejected")]
    public void What_is_about_the_mail_is_final(SmtpErrorCode at, int code, string text) => Assert.Equal(MailVerdict.Refused, SmtpRefusal.VerdictOf(at, code, text));

    [Theory]
    [InlineData(Recipient, 550, "5.7.1 relaying denied")]
    [InlineData(Recipient, 554, "5.7.1 relay access denied")]
    [InlineData(Recipient, 550, "5.7.26 unauthenticated sender")]
    [InlineData(Recipient, 530, "5.7.0 authentication required")]
    [InlineData(Recipient, 530, "authentication required")]
    [InlineData(Recipient, 550, "5.1.8 bad sender's system address")]
    [InlineData(Recipient, 550, "5.1.7 bad sender's mailbox address syntax")]
    [InlineData(Recipient, 554, "5.3.5 system incorrectly configured")]
    [InlineData(Recipient, 554, "5.4.3 directory server failure")]
    [InlineData(Recipient, 503, "5.5.1 bad sequence of commands")]
    [InlineData(Recipient, 554, "relay access denied")]
    [InlineData(Recipient, 521, "this server accepts no mail")]
    [InlineData(Message, 554, "5.7.1 rejected by policy")]
    [InlineData(Message, 530, "authentication required")]
    [InlineData(Sender, 550, "5.1.8 sender unknown")]
    [InlineData(Sender, 553, "5.7.1 not owned by user")]
    [InlineData(Sender, 550, "5.1.1 no such user")]
    [InlineData(SmtpErrorCode.UnexpectedStatusCode, 502, "5.5.1 not implemented")]
    public void What_is_about_us_is_tried_again(SmtpErrorCode at, int code, string text) => Assert.Equal(MailVerdict.Forbidden, SmtpRefusal.VerdictOf(at, code, text));

    [Theory]
    [InlineData(Recipient, 450, "4.2.1 the mailbox is busy")]
    [InlineData(Recipient, 451, "greylisted")]
    [InlineData(Recipient, 452, "5.1.1 contradicts its reply code")]
    [InlineData(Message, 421, "closing")]
    [InlineData(Sender, 451, "try later")]
    public void What_is_temporary_is_tried_again_and_says_nothing_of_us(SmtpErrorCode at, int code, string text) => Assert.Equal(MailVerdict.Postponed, SmtpRefusal.VerdictOf(at, code, text));
}
