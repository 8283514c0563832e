"""Words that stand in a field for a name and in every sentence besides: data of `called.py`, in the one spelling of a text."""

from lodestar.cases.rules.matching.readings import words

# Without them a sentence says the opposite.
DENYING = words(
    "arent cannot cant couldnt decline declines declining denied denies deny denying didnt doesnt dont hadnt hasnt havent "
    "isnt mustnt neither never nil no nobody non none nor not nothing nowhere refusal refuse refuses refusing shouldnt "
    "unable uncertain unclear unconfirmed unpaid unsure unverified unwilling wasnt werent without wont wouldnt"
)

# Hold a sentence together, or are typed where a name is not known; some are names in another language.
ORDINARY = words(
    "able about above across address adult adults afraid african after again against age aged ago agreed agrees aka alias "
    "all alleged almost alone along already also although always am among an and anonymous another any anybody anyone "
    "anything approx approximately are around arrested as asian ask asked asks asleep at aunt available await awaiting away "
    "babies baby back be beard became because been before began behind being believed below beside better between big bloke "
    "blue boss both boy boys brothel brother but by call called caller calls came can car care carrying cash child children "
    "city claimed claims cleaner clear client coat come comes coming complainant confirm confirmed could country cousin "
    "customer daughter days dc dead dealer debt deceased declined detail details detained di did disclosed do does doing "
    "done door down dr driver ds during each early either elderly else employee employer enough escort etc european even "
    "ever every everybody everyone everything exploiter family far father female females few first five flat for forced "
    "forename forenames found four free friend friends from full gang gave gent gentleman get gets getting girl girls give "
    "given gives giving go goes going gone got grandfather grandmother guy had hair half hand happened hard has have having "
    "he held help her here hers herself high him himself his home hoodie hour hours house how husband identified identity "
    "if illegible in individual infant info informant information insp interpreter into is it its itself jacket jeans job "
    "just juvenile keep keeps kept kid kids knew know knowing known knows labourer labourers ladies lady landlady landlord "
    "last late later least left less let like live lived lives living look looked looks lost madam made maiden make makes "
    "making male males man manager many maybe me men middle might mine minor minute miss missing misspelt moment money "
    "month months more morning most mother mr mrs ms much must mx my myself na name named names nan near need needed needs "
    "neighbour nephew new next nickname niece night nk now number occupant of off officer often on once one only open or "
    "orange other others our ours out over own owner paid papers parent parents part partner party passenger passport pay "
    "pc pending people perhaps person persons phone picker pink place police poss possible possibly pregnant prob probably "
    "prof provided ps purple put read ready really recorded red refused relative relatives reporting resident right road "
    "room run running said same saw say saying says scared second see seem seemed seen sent set several sgt shall she shift "
    "should show shown side since sir sister sitting six so some somebody someone something sometimes soon spelling spelt "
    "staff standing stated states still stop street subject such supplied surname suspect take taken takes taking tbd teen "
    "teenager tell telling tells ten tenant test than that the their theirs them themselves then there these they things "
    "think this those though thought three through till time times to today toddler together told too took toward towards "
    "trafficker translator tried try turn turned twice two unaccompanied uncle under unidentified unknown unreadable until "
    "up upon us use used verified verify very victim victims wages wait want wanted wants was we wearing week well went "
    "were what when where whether which while who whole whom whose why wife with withheld within witness woman women word "
    "words work worked worker workers working works would write written year years yellow yes yesterday yet you your yours "
    "yourself youth"
)

# Names as often as words: whoever is called so is named by them.
NAMES_TOO = words(
    "amber angel april archer art ash august autumn baker ball ban bang bank banks bar barber baron basil bear beauty beer "
    "believe bell berry best bill bin bird bishop black bless blessed blessing blessings bliss blood bloom bob bond book "
    "booth bounty bow bowman branch brave bray bridge bright brook brown buck bull bunch burn burns bus bush butcher butler "
    "cage camp candy cannon carol carpenter carry cart carter castle chamberlain chambers chance chapel chapman charity "
    "chase cherry chosen christian christmas church clark clay cliff close cloud coach cod cole coleman combs comfort cook "
    "cooper cotton court craft crane crisp cross crow cruise crystal curry daisy dale dance darling dawn day dean dear "
    "december destiny diamond don dot drake drew drink due duke dung dyer eagle earl earnest earth east easter england "
    "english eve faith fan farmer favor favour february field fields finch fine fish fisher fletcher flood flower flowers "
    "foot ford forest forester fortune foster fox frank freedom french fresh friday fuller gain gardener gates gay gene "
    "gentle gift ginger glass glen glory godwin gold golden good goodman goodness gore grace gracious grant gray green grey "
    "gun hall ham hang happiness happy hardy harmony harp hart hawk hay hazel head heard heath heather heaven heavenly herb "
    "hill hills hip hit holly honest honey honor honour hook hope horn hot howe hue hung hunt hunter hurt innocence "
    "innocent ireland iris ivy jack jade january jay joiner jolly joy judge july june justice keen ken key kin kind king "
    "kit kite knight lake lamb lance lane lap lash law lawless leach leaf liberty light lights lily lion lip little lock "
    "london long lord lot love lovely loving low lowe loyal lucky lung mace major manly manners march mark marks marry "
    "marsh marshal mason max may mead mean melody mercy merry miles miller miracle monday monk moody moon moor moss mount "
    "munch nail nash neighbours newby newman nice nick noble noel north november nurse oak oaks october old olive page "
    "palmer pan paradise park parker parks parrot pat patience peace peacock pearl peg pence penny pepper perfect pike pin "
    "pip piper plant pleasure pool poor pop pope poppy porter post potter pound power praise pratt precious pretty price "
    "pride prince princess promise prosper prosperity purchase queen queenie quick quiet race rain rains ran ranger ray "
    "reed rice rich rider ring river rivers roach rob robin rock rod rook root rope rose royal ruby rush rust rusty ryder "
    "sadler sage sales salmon sam sand sanders sandy sang saturday savage savings sawyer scott sea seal self september sham "
    "sharp shepherd shields shore short silk silver sin sing singer skinner sky slater slaughter small smart smith snow son "
    "song south sparkle sparks spear special speed spence spring stack stamp star steel stone storm strange stream strong "
    "success sue sugar summer sun sunday sunny sunshine swan sweet swift tab tad tall tan tanner taylor tea teller temple "
    "testimony thankful thanks thatcher thin thing thorn thursday tide tie timber tin toe toll ton tong tower town toy "
    "treasure tree trick trinity tripp true truelove trust truth tu tuan tuesday turner tyler usher van vane vice victor "
    "victory violet wade wake wales walker wall walls war ward ware wash watch water waters way wealth weaver webb "
    "wednesday weeks weir wells welsh west whale wheat wheeler white wild will winch wind wing winter wisdom wise wolf "
    "wolfe won wood woodman woods worship worth wright yard yates young"
)

MONTHS_TOO = words("january february march april may june july august september october november december")
# As a whole name of one word they are one, though of somebody else they only say what sort of person they are.
WHOLE_NAMES = words("black english short son white young")
